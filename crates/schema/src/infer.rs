//! Guesses a definition from a column of text: its type, format and privacy class.
