"""The writers' dialect: Jekyll's Liquid, then kramdown's attribute lists and block structure."""
