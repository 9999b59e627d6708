// SPDX-License-Identifier: Apache-2.0
// The functions that a proxy file may call. `ringsideSystem` asks this computer.
var alert = function () {};

function isPlainHostName(host) {
    return host.indexOf(".") < 0;
}

function dnsDomainIs(host, domain) {
    return host.toLowerCase().slice(-domain.length) === domain.toLowerCase();
}

function localHostOrDomainIs(host, full) {
    return host === full || (host.indexOf(".") < 0 && full.indexOf(host + ".") === 0);
}

function dnsDomainLevels(host) {
    return host.split(".").length - 1;
}

var dnsResolve = function (system) {
    return function (host) {
        return system.resolve(String(host)) || null;
    };
}(ringsideSystem);

var myIpAddress = function (system) {
    return function () {
        return system.ownAddress();
    };
}(ringsideSystem);

function isResolvable(host) {
    return dnsResolve(host) !== null;
}

function convert_addr(address) {
    return String(address).split(".").reduce(function (sum, part) {
        return (sum << 8) | (part & 255);
    }, 0);
}

function isInNet(host, pattern, mask) {
    var address = /^\d+\.\d+\.\d+\.\d+$/.test(host) ? host : dnsResolve(host);
    return address !== null && (convert_addr(address) & convert_addr(mask)) === (convert_addr(pattern) & convert_addr(mask));
}

function shExpMatch(text, pattern) {
    var expression = pattern.replace(/[.+^${}()|\[\]\\]/g, "\\$&").replace(/\*/g, ".*").replace(/\?/g, ".");
    return new RegExp("^" + expression + "$").test(text);
}

// The arguments without a "GMT" at their end, and the parts of now in that time zone.
function pacTime(list) {
    var values = Array.prototype.slice.call(list);
    var utc = String(values[values.length - 1]).toUpperCase() === "GMT";
    if (utc)
        values.pop();
    var now = new Date();
    return {
        values: values,
        weekday: utc ? now.getUTCDay() : now.getDay(),
        year: utc ? now.getUTCFullYear() : now.getFullYear(),
        month: utc ? now.getUTCMonth() : now.getMonth(),
        day: utc ? now.getUTCDate() : now.getDate(),
        seconds: (utc ? now.getUTCHours() : now.getHours()) * 3600 + (utc ? now.getUTCMinutes() : now.getMinutes()) * 60
                 + (utc ? now.getUTCSeconds() : now.getSeconds())
    };
}

// A range may go over the end of the week, the year or the day.
function pacWithin(value, from, to) {
    return from <= to ? value >= from && value <= to : value >= from || value <= to;
}

function weekdayRange() {
    var names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    var time = pacTime(arguments);
    var from = names.indexOf(String(time.values[0]).toUpperCase());
    var to = time.values.length > 1 ? names.indexOf(String(time.values[1]).toUpperCase()) : from;
    return from >= 0 && to >= 0 && pacWithin(time.weekday, from, to);
}

function dateRange() {
    var names = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    var time = pacTime(arguments);
    function parts(list) {
        var found = {};
        list.forEach(function (value) {
            if (isNaN(value))
                found.month = names.indexOf(String(value).toUpperCase());
            else if (Number(value) > 31)
                found.year = Number(value);
            else
                found.day = Number(value);
        });
        return found;
    }
    function number(date, like) {
        return ("year" in like ? date.year * 10000 : 0) + ("month" in like ? date.month * 100 : 0)
               + ("day" in like ? date.day : 0);
    }
    var half = Math.max(1, Math.floor(time.values.length / 2));
    var from = parts(time.values.slice(0, half));
    var to = time.values.length > 1 ? parts(time.values.slice(half)) : from;
    return pacWithin(number(time, from), number(from, from), number(to, from));
}

function timeRange() {
    var time = pacTime(arguments);
    var values = time.values.map(Number);
    var half = Math.max(1, Math.floor(values.length / 2));
    function seconds(list, rest) {
        var filled = list.concat(rest.slice(list.length - 1)).slice(0, 3);
        return filled[0] * 3600 + filled[1] * 60 + filled[2];
    }
    var from = values.slice(0, half);
    var to = values.length > 1 ? values.slice(half) : from;
    return pacWithin(time.seconds, seconds(from, [0, 0]), seconds(to, [59, 59]));
}
