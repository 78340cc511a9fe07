# Runs a command that lets all others go first.
#
#   sh step-back.sh NICENESS COMMAND...
#
# Niceness alone would do nothing on many machines: where the kernel groups processes by session
# (sched_autogroup_enabled, see sched(7)), it only counts inside of one session, and each process
# that we start has a session of its own. The group has a niceness, too; an unprivileged user may
# set it ten times a second at most, hence the attempts.
niceness=$1
shift
if [ -w /proc/self/autogroup ]; then
  for _ in 1 2 3 4 5; do
    { echo "$niceness" >/proc/self/autogroup; } 2>/dev/null && break
    sleep 0.1
  done
fi
exec nice -n "$niceness" "$@"
