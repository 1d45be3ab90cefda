"""From findings to work: a sentence, a button and an address for each, for one reader."""
