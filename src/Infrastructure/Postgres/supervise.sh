# Owns one Postgres server, and stops it when the last process that uses it is gone.
#   sh supervise.sh <programs> <folder> <socket folder>
# Every user of the server keeps <folder>/holders open for writing. However such a process dies, the kernel closes its end;
# the read below meets the end of the pipe when there is nobody left. Newcomers write a line, then look for <folder>/stopping.

programs=$1 folder=$2 sockets=$3
data=$folder/data stopping=$folder/stopping
trap '' HUP INT QUIT TERM

fail() { echo "supervisor: $1" >&2; exit 1; }

# A server that outlived its supervisor, as after kill -9.
ours() {
  if [ -d /proc/self ]; then [ "/proc/$1/cwd" -ef "$data" ]; else ps -o comm= -p "$1" | grep -q postgres; fi
}
clear_the_way() {
  old=$(sed -n 1p "$data/postmaster.pid" 2>/dev/null)
  if [ -n "$old" ] && kill -0 "$old" 2>/dev/null; then
    if ours "$old"; then
      "$programs/pg_ctl" stop -s -D "$data" -m fast -t 30 || "$programs/pg_ctl" stop -s -D "$data" -m immediate
    else
      rm -f "$data/postmaster.pid" # after a power loss its number belongs to another process
    fi
  fi
  rm -f "$sockets"/.s.PGSQL.*
}

# A postmaster that was killed is started again, unless its supervisor was killed too. While processes of the
# one before still run, Postgres refuses to start; then it is tried again.
serve() {
  until [ -e "$stopping" ] || ! kill -0 $$ 2>/dev/null; do
    "$programs/postgres" -D "$data" -c "config_file=$folder/postgresql.conf"
    [ -e "$stopping" ] || sleep 1
  done
}

stop_server() {
  (until "$programs/pg_ctl" stop -s -D "$data" -m fast -t 600; do sleep 1; done) 2>/dev/null 3<&- &
  stopper=$!
  wait "$server"
  kill -9 "$stopper" 2>/dev/null
}

umask 077
mkdir -p "$sockets"
[ ! -L "$sockets" ] && [ -O "$sockets" ] || fail "$sockets belongs to somebody else"
chmod 700 "$sockets"

clear_the_way # before anybody can hold us: nobody shall meet the server that is on its way out
exec 3<"$folder/holders"
serve 3<&- &
server=$!

while :; do
  while read -r _; do :; done <&3
  : >"$stopping"
  read -r _ <&3 || break # a line: somebody came before the mark was set, and stays
  rm -f "$stopping"
done

stop_server # the mark stays until the next start: somebody who opens the pipe before we are gone must see it
rmdir "$sockets" 2>/dev/null
echo down >"$stopping" # for those who wait: to probe the pipe would be to hold it, and might wake or stop our successor
