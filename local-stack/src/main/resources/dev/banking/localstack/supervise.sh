# Runs a command that must not outlive the JVM that started it.
#
#   sh supervise.sh SIGNAL GRACE_SECONDS COMMAND...
#
# The JVM holds the other end of standard input. When that end closes - because the JVM wants the
# command to stop, or because the JVM is gone - the command gets SIGNAL, and SIGKILL if it is still
# there after the grace period. The command replaces this shell, so its process id is the one that
# the JVM knows. The watcher is orphaned on purpose: it must not be a child that the command, a
# postmaster for instance, would wonder about. The first line of output is the watcher's process id.
signal=$1
grace=$2
shift 2
command_pid=$$
exec 3<&0
(
  (
    while read -r _; do :; done
    kill -s "$signal" "$command_pid" || exit 0
    tenths=$((grace * 10))
    while [ "$tenths" -gt 0 ]; do
      kill -0 "$command_pid" || exit 0
      sleep 0.1
      tenths=$((tenths - 1))
    done
    kill -s KILL -- "-$command_pid"
  ) <&3 3<&- >/dev/null 2>&1 &
  echo "$!"
)
exec "$@" </dev/null 3<&-
