"""The pages, asked as a browser would but without one."""
