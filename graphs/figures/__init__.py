"""Pictures of the network: numbers in small tuples, then plain plotly dicts that draw them."""
