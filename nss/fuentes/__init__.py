"""Identity sources outside this portal: the call, what its answer may be, and the two together."""
