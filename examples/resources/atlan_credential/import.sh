# By guid; a workflow's inputs and data.atlan_connection show the guid
terraform import atlan_credential.dbt 5c7a1e0e-0000-4000-8000-000000000001
