"""Small bots to measure against: the same menu of six pages, written as their libraries' own guides write them."""
