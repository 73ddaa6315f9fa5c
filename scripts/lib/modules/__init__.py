"""The code of scripts/modules, which writes a Terraform module for every known app.

`texts` describes each input. `inputs` and `signing_in` list the values that a user can set. Each other module writes
one file: `variables`, `resources` (main.tf, outputs.tf, versions.tf), `trial` (the tests), `readme`. `folders` writes
all files into the folders.
"""
