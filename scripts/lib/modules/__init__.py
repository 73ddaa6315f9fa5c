"""Write a Terraform module for every known app: `scripts/modules`.

`texts` says what each input means; `inputs` and `signing_in` are what a user may set; the rest writes a file each:
`variables`, `resources` (main.tf), `outputs`, `trial` (the tests), `readme`. `folders` puts them in their places.
"""
