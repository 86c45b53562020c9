internal import JSON

/// `dissect`: cuts a text at fixed delimiters: `%{a} %{+b/2->} %{?c}`.
struct DissectProcessor: Sendable {
    private struct Key: Sendable {
        var name: String
        var appends = false
        var order = 0
        var isSkipped = false
        /// `->`: the delimiter may come several times.
        var isPadded = false
        /// `*a` names the field that `&a` is the value of.
        var isName = false
        var isValue = false
    }

    let field: FieldPath
    let pattern: String
    let separator: String
    let ignoresMissing: Bool
    private let prefix: String
    private let keys: [(key: Key, delimiter: String)]

    init(_ options: inout Options) throws(IngestFault) {
        field = try options.path()
        pattern = try options.required("pattern")
        separator = try options.string("append_separator") ?? ""
        ignoresMissing = try options.flag("ignore_missing")
        guard let (prefix, keys) = Self.read(pattern), !keys.isEmpty else { throw options.bad("pattern", .badPattern(pattern)) }
        (self.prefix, self.keys) = (prefix, keys)
    }

    private static func read(_ pattern: String) -> (String, [(key: Key, delimiter: String)])? {
        var rest = Substring(pattern), keys: [(key: Key, delimiter: String)] = []
        guard let first = rest.firstRange(of: "%{") else { return nil }
        let prefix = String(rest[..<first.lowerBound])
        rest = rest[first.upperBound...]
        while true {
            guard let end = rest.firstIndex(of: "}") else { return nil }
            var name = String(rest[..<end]), key = Key(name: "")
            if name.hasSuffix("->") {
                key.isPadded = true
                name.removeLast(2)
            }
            if let first = name.first, "+?*&".contains(first) {
                (key.appends, key.isSkipped, key.isName, key.isValue) = (first == "+", first == "?", first == "*", first == "&")
                name.removeFirst()
            }
            if key.appends, let slash = name.lastIndex(of: "/"), let order = Int(name[name.index(after: slash)...]) {
                key.order = order
                name = String(name[..<slash])
            }
            if name.isEmpty { key.isSkipped = true }
            key.name = name
            rest = rest[rest.index(after: end)...]
            let next = rest.firstRange(of: "%{")
            keys.append((key, String(next.map { rest[..<$0.lowerBound] } ?? rest)))
            guard let next else { return (prefix, keys) }
            rest = rest[next.upperBound...]
        }
    }

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        guard let value = document.find(field), !value.isNull else {
            if ignoresMissing { return }
            _ = try document.value(at: field)
            throw .fieldIsNull(field.text, action: "process it")
        }
        let text = try document.string(at: field)
        guard let found = match(text) else { throw .noDissectMatch(pattern: pattern, text: text) }
        for (name, value) in found { try document.set(try FieldPath(name), .string(value)) }
    }

    private func match(_ text: String) -> [(String, String)]? {
        guard text.hasPrefix(prefix) else { return nil }
        var rest = text.dropFirst(prefix.count), values: [(key: Key, value: String)] = []
        for (number, (key, delimiter)) in keys.enumerated() {
            if delimiter.isEmpty {
                guard number == keys.count - 1 else { return nil }
                values.append((key, String(rest)))
                rest = ""
                break
            }
            guard let range = rest.firstRange(of: delimiter) else { return nil }
            values.append((key, String(rest[..<range.lowerBound])))
            rest = rest[range.upperBound...]
            while key.isPadded, rest.hasPrefix(delimiter) { rest = rest.dropFirst(delimiter.count) }
        }
        return fields(values)
    }

    private func fields(_ values: [(key: Key, value: String)]) -> [(String, String)] {
        var result: [(String, String)] = []
        let appended = Set(values.filter(\.key.appends).map(\.key.name))
        for (key, value) in values where !key.isSkipped {
            if key.isName {
                guard let other = values.first(where: { $0.key.isValue && $0.key.name == key.name }) else { continue }
                result.append((value, other.value))
            } else if key.isValue {
                continue
            } else if appended.contains(key.name) {
                if result.contains(where: { $0.0 == key.name }) { continue }
                let parts = values.filter { $0.key.name == key.name }.enumerated().sorted {
                    ($0.element.key.order, $0.offset) < ($1.element.key.order, $1.offset)
                }
                result.append((key.name, parts.map(\.element.value).joined(separator: separator)))
            } else {
                result.append((key.name, value))
            }
        }
        return result
    }
}
