-- Run once by a superuser inside the portal's database, after the roles cagec_dono and cagec_app exist.
-- cagec_dono owns the schema and migrates; cagec_app only reads and writes rows.
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER SCHEMA public OWNER TO cagec_dono;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO cagec_app;
ALTER DEFAULT PRIVILEGES FOR ROLE cagec_dono IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO cagec_app;
ALTER DEFAULT PRIVILEGES FOR ROLE cagec_dono IN SCHEMA public
    GRANT USAGE, SELECT ON SEQUENCES TO cagec_app;
