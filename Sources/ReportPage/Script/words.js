const words = data.words;
const say = (key, values = {}) =>
  words[key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
const sayCount = (key, count) => say(key + (count === 1 ? "One" : "Other"), { n: number(count) });

const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, words.grouping);
// One decimal below 10, none above.
const short = (value) =>
  value >= 9.95 ? number(Math.round(value)) : String(Math.round(value * 10) / 10).replace(".", words.decimal);
function bytes(value) {
  if (value < 1024) return value + " B";
  let unit = -1;
  do { value /= 1024; unit += 1; } while (value >= 1023.95 && unit < 5);
  return short(value) + " " + ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"][unit];
}
const two = (value) => String(value).padStart(2, "0");
function duration(milliseconds) {
  if (milliseconds < 999.5) return Math.round(milliseconds) + " ms";
  const seconds = milliseconds / 1000;
  if (seconds < 59.95) return short(seconds) + " s";
  const whole = Math.round(seconds);
  if (whole < 3600) return Math.floor(whole / 60) + words.minutes + " " + two(whole % 60) + "s";
  if (whole < 86400) return Math.floor(whole / 3600) + "h " + two(Math.floor(whole / 60) % 60) + words.minutes;
  return Math.floor(whole / 86400) + "d " + two(Math.floor(whole / 3600) % 24) + "h";
}

const monthNames = words.months.split(" ");
const weekdays = words.weekdays.split(" ");
// Days are counted from 1970-01-01.
const parts = (day) => {
  const date = new Date(day * 864e5);
  return { y: date.getUTCFullYear(), m: date.getUTCMonth(), d: date.getUTCDate(), w: (date.getUTCDay() + 6) % 7 };
};
const isoDay = (day) => new Date(day * 864e5).toISOString().slice(0, 10);
function dayText(day) {
  const { y, m, d } = parts(day);
  return say("datePattern", { y, m: two(m + 1), d: two(d) });
}
const daysText = (mission) =>
  mission.end > mission.start ? dayText(mission.start) + " – " + dayText(mission.end) : dayText(mission.start);
const monthOf = (day) => isoDay(day).slice(0, 7);
const monthText = (month) => say("monthPattern", { m: monthNames[month.slice(5) - 1], y: month.slice(0, 4) });
const clock = (time, withDay) => {
  const iso = new Date(time).toISOString();
  return (withDay ? dayText(Math.floor(time / 864e5)) + " " : "") + iso.slice(11, 19);
};
