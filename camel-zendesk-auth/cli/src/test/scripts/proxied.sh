# Calls Zendesk for some seconds through 'zendesk-auth serve', knowing nothing of OAuth.
path=$1 seconds=$2 folder=$3
# In a process of its own, so that the signal reaches it.
(exec zendesk-auth serve --port 0 --token-file "$folder/token" 2>"$folder/log") &
serve=$!
until grep -q 'http://127' "$folder/log" && [ -s "$folder/token" ]; do
  kill -0 "$serve" || { cat "$folder/log"; exit 1; }
  sleep 0.1
done
address=$(sed -n 's/.*\(http:\/\/127[0-9.:]*\).*/\1/p' "$folder/log" | head -n 1)
end=$(($(date +%s) + seconds))
calls=0
while [ "$(date +%s)" -lt "$end" ]; do
  status=$(printf 'Authorization: Bearer %s\n' "$(cat "$folder/token")" |
    curl -s -o /dev/null -w '%{http_code}' -H @- "$address$path")
  calls=$((calls + 1))
  [ "$status" = 200 ] || echo "FAILED $status"
done
{ kill "$serve" && wait "$serve"; } 2>/dev/null
echo "calls $calls"
