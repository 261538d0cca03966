# ads.sh --loja=NAME DAY: the day's file of a shop, from the folder `drop` into the mission's own.
set -eu
loja=${1#--loja=}
file=drop/$loja-$2.csv
[ -e "$file" ] || { echo "$file is not there yet" >&2; exit 4; }
[ -s "$file" ] || { echo "$file is empty: nothing was sold" >&2; exit 3; }
cp "$file" "$MISSION_FOLDER/ads.csv"
echo "$(wc -l < "$file") lines of $file, attempt $MISSION_ATTEMPT" > "$MISSION_FOLDER/ads.log"
