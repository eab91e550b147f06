"""The steps of the card, one module each, in the order a person meets them."""
