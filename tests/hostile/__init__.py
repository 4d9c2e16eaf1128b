"""What somebody sends who means harm: requests that are none, words that would run, files that would burst."""
