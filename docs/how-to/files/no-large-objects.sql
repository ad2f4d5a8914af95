-- Nobody makes large objects in this database: no trigger sees them, and nothing of CPC is one. Run by the superuser, once
-- in each database that is made. manage.py check --deploy says where it was forgotten.
REVOKE EXECUTE ON FUNCTION lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) FROM PUBLIC;
