# Sourced by ./bot: app and runner in front of you, from the environment, until Ctrl-C.

run_up() {
  export ASPNETCORE_URLS=${ASPNETCORE_URLS:-http://127.0.0.1:8300}
  local url=${ASPNETCORE_URLS%%;*} app='' runner='' code=0
  export Muster__AppUrl=${Muster__AppUrl:-$url}
  export Muster__EnrolToken=${Muster__EnrolToken:-$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')}
  export Muster__Storage=${Muster__Storage:-sqlite:$root/.muster/muster.db}
  export Muster__Home=${Muster__Home:-$root/.muster/runner}
  mkdir -p "$root/.muster"

  # The runner first: it finishes what it has begun, and tells the app.
  stop() {
    trap - INT TERM EXIT
    [ -z "$runner" ] || { kill -TERM "$runner" 2>/dev/null && wait "$runner" 2>/dev/null; } || true
    [ -z "$app" ] || { kill -TERM "$app" 2>/dev/null && wait "$app" 2>/dev/null; } || true
    exit "$code"
  }
  trap stop INT TERM EXIT
  "$out/muster-app" &
  app=$!
  until answers "$url"; do
    kill -0 "$app" 2>/dev/null || { wait "$app" || code=$?; app=''; exit "$code"; }
    sleep 0.3
  done
  say "the app serves at $url"
  "$out/muster" run &
  runner=$!
  # Whichever ends first ends both, with its exit code.
  wait -n "$app" "$runner" || code=$?
}

# Whether the address accepts a connection: what bash can find out without another program.
answers() {
  local host=${1#*://}
  host=${host%%/*}
  (exec 3<>"/dev/tcp/${host%%:*}/${host##*:}") 2>/dev/null
}
