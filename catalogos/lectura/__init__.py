"""From files of others to rows: sizes, encodings, headers and fields are checked here."""
