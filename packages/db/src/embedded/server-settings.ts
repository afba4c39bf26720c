/**
 * Settings given on PostgreSQL's command line, where neither postgresql.conf nor ALTER SYSTEM can weaken them: no network, a private socket,
 * everything flushed before it is acknowledged.
 */
export function serverSettings(runDir: string, shared: boolean): string[] {
  const settings: Record<string, string> = {
    listen_addresses: '',
    port: '5432',
    unix_socket_directories: runDir,
    unix_socket_permissions: shared ? '0770' : '0700',
    password_encryption: 'scram-sha-256',
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    max_connections: '120',
    shared_buffers: '128MB',
    max_wal_size: '512MB',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_destination: 'stderr',
    logging_collector: 'off',
    log_line_prefix: '%m [%p] %u ',
    log_checkpoints: 'off',
    log_parameter_max_length_on_error: '0',
    idle_in_transaction_session_timeout: '60s',
    client_connection_check_interval: '5s',
    restart_after_crash: 'on',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
