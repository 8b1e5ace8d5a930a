# Sourced by ./bot: app and runner in front of you, from the environment, until Ctrl-C.

run_up() {
  export ASPNETCORE_URLS=${ASPNETCORE_URLS:-http://127.0.0.1:8300}
  local url=${ASPNETCORE_URLS%%;*} app='' runner='' code=0
  export Muster__AppUrl=${Muster__AppUrl:-$url}
  export Muster__EnrolToken=${Muster__EnrolToken:-$(secret)}
  export Muster__Storage=${Muster__Storage:-sqlite:$root/.muster/muster.db}
  export Muster__Home=${Muster__Home:-$root/.muster/runner}
  mkdir -p "$root/.muster"
  # Where the credentials of Apps that were set up here are kept. Nothing else names it: without it there is no /setup.
  export Muster__Setup=$root/.muster/app
  # Kept, so that the status page and `muster doctor` open with the same one tomorrow.
  [ -n "${Muster__ApiToken:-}" ] || [ -s "$root/.muster/api-token" ] || (umask 077 && secret >"$root/.muster/api-token")
  export Muster__ApiToken=${Muster__ApiToken:-$(cat "$root/.muster/api-token")}

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
  # While a person sets the Apps up, the address answers but the app is not well yet.
  until serves "$url"; do
    kill -0 "$app" 2>/dev/null || { wait "$app" || code=$?; app=''; exit "$code"; }
    sleep 0.3
  done
  say "the app serves at $url"
  # What only the app and the operator need stays out of the runner's environment.
  env -u Muster__ApiToken -u Muster__Setup -u Muster__GitHub__WebhookSecret -u Muster__GitHub__WebhookSecretPrevious "$out/muster" run &
  runner=$!
  # Whichever ends first ends both, with its exit code.
  wait -n "$app" "$runner" || code=$?
}

secret() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# Whether the app says that it is well; of an https address only whether it accepts a connection, which is what bash can find out.
serves() {
  local host=${1#*://} status=''
  host=${host%%/*}
  case $1 in https:*) (exec 3<>"/dev/tcp/${host%%:*}/${host##*:}") 2>/dev/null; return ;; esac
  status=$( (exec 3<>"/dev/tcp/${host%:*}/${host##*:}" && printf 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3 && head -n 1 <&3) 2>/dev/null) || return 1
  case $status in *' 200 '*) return 0 ;; *) return 1 ;; esac
}
