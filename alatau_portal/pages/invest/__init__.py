"""For investors: plots and opportunities, side by side with their map; comparing, a list of one's own, what fits."""
