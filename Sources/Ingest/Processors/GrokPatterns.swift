/// The named patterns that `grok` knows.
///
/// The names are those of Logstash's grok (https://github.com/logstash-plugins/logstash-patterns-core); the expressions are
/// our own for what the names say.
enum GrokPatterns {
    static let all: [String: String] = [
        "WORD": #"\b\w+\b"#, "NOTSPACE": #"\S+"#, "SPACE": #"\s*"#, "DATA": ".*?", "GREEDYDATA": ".*",
        "INT": "[+-]?[0-9]+", "POSINT": #"\b[1-9][0-9]*\b"#, "NONNEGINT": #"\b[0-9]+\b"#,
        "BASE10NUM": #"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"#, "NUMBER": "%{BASE10NUM}",
        "BASE16NUM": "[+-]?(?:0x)?[0-9A-Fa-f]+", "USERNAME": "[a-zA-Z0-9._-]+", "USER": "%{USERNAME}",
        "EMAILLOCALPART": "[a-zA-Z0-9!#$%&'*+/=?^_`|~.-]+", "EMAILADDRESS": "%{EMAILLOCALPART}@%{HOSTNAME}",
        "QUOTEDSTRING": #""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'"#, "QS": "%{QUOTEDSTRING}",
        "UUID": "[A-Fa-f0-9]{8}-(?:[A-Fa-f0-9]{4}-){3}[A-Fa-f0-9]{12}",
        "IPV4": #"(?<![0-9])(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?![0-9])"#,
        "IPV6": "(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}", "IP": "(?:%{IPV6}|%{IPV4})",
        "HOSTNAME": #"\b[0-9A-Za-z](?:[0-9A-Za-z-]{0,62})(?:\.[0-9A-Za-z](?:[0-9A-Za-z-]{0,62}))*\.?"#,
        "IPORHOST": "(?:%{IP}|%{HOSTNAME})", "HOSTPORT": "%{IPORHOST}:%{POSINT}", "MAC": "(?:[A-Fa-f0-9]{2}[:-]){5}[A-Fa-f0-9]{2}",
        "PATH": "(?:%{UNIXPATH}|%{WINPATH})", "UNIXPATH": #"(?:/[\w_%!$@:.,+~-]*)+"#, "WINPATH": #"[A-Za-z]+:(?:\\[^\\?*]*)+"#,
        "URIPROTO": "[A-Za-z][A-Za-z0-9+.-]*", "URIHOST": "%{IPORHOST}(?::%{POSINT})?", "URIPATH": #"(?:/[A-Za-z0-9$.+!*'(){},~:;=@#%&_-]*)+"#,
        "URIPARAM": #"\?[A-Za-z0-9$.+!*'|(){},~@#%&/=:;_?<>\[\]-]*"#, "URIPATHPARAM": "%{URIPATH}(?:%{URIPARAM})?",
        "URI": "%{URIPROTO}://(?:%{USER}(?::[^@]*)?@)?(?:%{URIHOST})?(?:%{URIPATHPARAM})?",
        "MONTH": #"\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"#,
        "MONTHNUM": "(?:0?[1-9]|1[0-2])", "MONTHDAY": "(?:0[1-9]|[12][0-9]|3[01]|[1-9])",
        "DAY": "(?:Mon(?:day)?|Tue(?:sday)?|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)", "YEAR": "(?:[0-9]{4}|[0-9]{2})",
        "HOUR": "(?:2[0123]|[01]?[0-9])", "MINUTE": "[0-5][0-9]", "SECOND": "(?:[0-5]?[0-9]|60)(?:[:.,][0-9]+)?",
        "TIME": "%{HOUR}:%{MINUTE}(?::%{SECOND})?", "ISO8601_TIMEZONE": "(?:Z|[+-]%{HOUR}(?::?%{MINUTE}))",
        "TIMESTAMP_ISO8601": "%{YEAR}-%{MONTHNUM}-%{MONTHDAY}[T ]%{HOUR}:?%{MINUTE}(?::?%{SECOND})?%{ISO8601_TIMEZONE}?",
        "DATE_US": "%{MONTHNUM}[/-]%{MONTHDAY}[/-]%{YEAR}", "DATE_EU": "%{MONTHDAY}[./-]%{MONTHNUM}[./-]%{YEAR}", "DATE": "(?:%{DATE_US}|%{DATE_EU})",
        "HTTPDATE": "%{MONTHDAY}/%{MONTH}/%{YEAR}:%{TIME} %{INT}", "SYSLOGTIMESTAMP": "%{MONTH} +%{MONTHDAY} %{TIME}", "PROG": "[!-Z^-~]+",
        "LOGLEVEL": "(?i:trace|debug|notice|info(?:rmation)?|warn(?:ing)?|err(?:or)?|crit(?:ical)?|fatal|severe|emerg(?:ency)?|alert)",
        "COMMONAPACHELOG":
            #"%{IPORHOST:clientip} %{USER:ident} %{USER:auth} \[%{HTTPDATE:timestamp}\] "(?:%{WORD:verb} %{NOTSPACE:request}(?: HTTP/%{NUMBER:httpversion})?|%{DATA:rawrequest})" %{NUMBER:response} (?:%{NUMBER:bytes}|-)"#,
        "COMBINEDAPACHELOG": "%{COMMONAPACHELOG} %{QS:referrer} %{QS:agent}",
    ]
}
