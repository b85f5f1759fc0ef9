package dev.whyhung.rules;

import java.util.Optional;
import java.util.stream.Stream;

/** How to ask a database server for sessions that wait for each other's locks: for its clients, that is silence like any other. */
enum DatabaseLocks {
    POSTGRESQL(
            "PostgreSQL",
            "select pid, pg_blocking_pids(pid), state, query from pg_stat_activity where wait_event_type = 'Lock'"),
    MYSQL("MySQL", "select * from sys.innodb_lock_waits"),
    MARIADB("MariaDB", "select * from information_schema.innodb_lock_waits"),
    ORACLE("Oracle", "select sid, blocking_session, event from v$session where blocking_session is not null"),
    SQL_SERVER(
            "SQL-Server",
            "select session_id, blocking_session_id, wait_type from sys.dm_exec_requests where blocking_session_id <> 0"),
    DB2("DB2", "select * from sysibmadm.mon_lockwaits");

    private final String client;
    private final String query;

    DatabaseLocks(String client, String query) {
        this.client = client;
        this.query = query;
    }

    /** The query for the server that this client library talks to. */
    static Optional<String> query(String client) {
        return Stream.of(values())
                .filter(each -> each.client.equals(client))
                .findFirst()
                .map(each -> each.query);
    }
}
