"""Documents that come in and go out, one module per resource."""
