# Sourced by ./bot: everything that must hold, and one closing line that counts it.

# Reads one number of a result file's <Counters …/>.
counter() { sed -n "s/.*<Counters.*[ ]$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1; }

# The names of skipped tests and why, as the result file has them.
skipped_in() { tr -d '\r\n' <"$1" | sed 's/<UnitTestResult /\n&/g' | sed -n 's/.*testName="\([^"]*\)".*outcome="NotExecuted".*<Message>\([^<]*\).*/\1: \2/p'; }

# Programs of others that some tests hold ours against; installed anew when their lockfile has changed.
need_peers() {
  local peers=tests/peers
  [ "$peers/node_modules/.package-lock.json" -nt "$peers/package-lock.json" ] && return 0
  say "installing $peers (npm ci)"
  # Node brings certificates of its own; those that this host trusts count too, as they do for everything else here.
  local trusted=/etc/ssl/certs/ca-certificates.crt
  [ ! -r "$trusted" ] || export NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-$trusted}
  npm ci --prefix "$peers" --no-audit --no-fund --loglevel error >&2
}

run_tests() {
  [ $# -le 1 ] || die "test takes one filter at most" 2
  local filter=${1:-} results=$out/test-results faults=0 passed=0 failed=0 skipped=0 project trx total ok bad left
  also_needed=('gh gh' 'npm npm')
  need_tools
  need_peers || { say "could not install tests/peers; please run npm ci there"; faults=1; }
  rm -rf "$results"
  mkdir -p "$results"

  say "building with warnings as errors"
  dotnet build Bot.sln -c Release -v quiet -nologo -clp:NoSummary -warnaserror >&2 || die "the build failed"
  build --no-build
  if [ -z "$filter" ]; then
    say "checking the format"
    dotnet format Bot.sln --verify-no-changes --no-restore -v quiet >&2 || { say "the format is off; 'dotnet format' mends it"; faults=1; }
  fi

  case $filter in '' | *[=~]*) ;; *) filter="FullyQualifiedName~$filter" ;; esac
  for project in tests/*.Tests/*.csproj; do
    local name
    name=$(basename "$project" .csproj)
    say "testing $name"
    trx=$results/$name.trx
    # A project is done when it says so in its result file; the exit code also covers a host that died.
    MUSTER_ARTIFACTS=$out dotnet test "$project" -c Release --no-build -v quiet -nologo ${filter:+--filter "$filter"} \
      --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" --results-directory "$results" >"$results/$name.log" 2>&1 || faults=1
    grep -v -e '^ *$' -e '^Results File:' "$results/$name.log" || true
    if [ ! -f "$trx" ]; then
      grep -q 'No test matches' "$results/$name.log" || { say "$name left no result"; faults=1; }
      continue
    fi
    total=$(counter total "$trx") ok=$(counter passed "$trx") bad=$(counter failed "$trx")
    left=$((total - ok - bad))
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + left))
    [ "$left" -eq 0 ] || skipped_in "$trx" | sed 's/^/  skipped: /'
    # These are installed above: a test that missed one of them was not left out, it failed.
    if skipped_in "$trx" | grep -Eqi 'bubblewrap|bwrap|setpriv|prlimit|util-linux|git is|gh is|npm ci'; then
      say "$name skipped something for want of a tool that is installed here"
      faults=1
    fi
  done

  [ "$((passed + failed))" -gt 0 ] || { say "no test ran"; faults=1; }
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ] && [ "$faults" -eq 0 ]
}
