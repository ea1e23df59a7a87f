"""Statements of banks and settlement files of gateways: `formats` says how each is written,
`reading` reads them. What their lines mean here is for the commands to say."""
