"""When and with what it runs: settings, storage, Dagster definitions, the command line."""
