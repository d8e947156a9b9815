# Calls Zendesk for some seconds with the credentials of a helper, by git's protocol: get, use, and erase what was refused.
url=$1 authority=$2 seconds=$3
end=$(($(date +%s) + seconds))
calls=0

credential() {
  printf 'protocol=http\nhost=%s\n%s\n' "$authority" "${2:+password=$2
}" | zendesk-auth credential "$1"
}

call() {
  printf 'Authorization: Bearer %s\n' "$1" | curl -s -o /dev/null -w '%{http_code}' -H @- "$url"
}

while [ "$(date +%s)" -lt "$end" ]; do
  password=$(credential get | sed -n 's/^password=//p')
  status=$(call "$password")
  tries=0
  while [ "$status" = 401 ] && [ "$tries" -lt 3 ]; do
    credential erase "$password"
    password=$(credential get | sed -n 's/^password=//p')
    status=$(call "$password")
    tries=$((tries + 1))
  done
  calls=$((calls + 1))
  [ "$status" = 200 ] || echo "FAILED $status"
done
echo "calls $calls"
