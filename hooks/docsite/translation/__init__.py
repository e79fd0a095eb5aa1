"""A page and its translation: what either lacks, how fresh it is, its terms and its typography."""
