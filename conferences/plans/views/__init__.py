"""Pages of plans. Each view guards, gets, fills a form, acts and answers. One module a journey."""
