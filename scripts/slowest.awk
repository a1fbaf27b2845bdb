# From the log of a test run, whose lines end in how long a test took ("(1m 02s 345ms)"): seconds and name of every test class.
/^(passed|failed) / && match($0, /\([0-9hms ]+\)$/) {
  seconds = 0
  parts = split(substr($0, RSTART + 1, RLENGTH - 2), part, " ")
  for (i = 1; i <= parts; i++)
    seconds += part[i] * (part[i] ~ /ms$/ ? 0.001 : part[i] ~ /m$/ ? 60 : part[i] ~ /h$/ ? 3600 : 1)
  name = $2
  sub(/\(.*/, "", name)
  sub(/\.[^.]*$/, "", name)
  sub(/.*\./, "", name)
  total[name] += seconds
}
END { for (name in total) printf "%.0f %s\n", total[name], name }
