# By guid, which a workflow's inputs and a connection's defaultCredentialGuid show
terraform import atlan_credential.dbt 5c7a1e0e-0000-4000-8000-000000000001
