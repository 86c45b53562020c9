internal import JSON

/// `csv`: reads one line of separated values into fields.
///
/// Source: https://www.elastic.co/docs/reference/enrich-processor/csv-processor
struct CSVProcessor: Sendable {
    let field: FieldPath
    let targets: [FieldPath]
    let separator: Character
    let quote: Character
    let trims: Bool
    let ignoresMissing: Bool
    /// What stands for values that are empty; nil: they are left out.
    let emptyValue: JSONValue?

    init(_ options: inout Options) throws(IngestFault) {
        field = try options.path()
        guard let names = try options.array("target_fields") else { throw options.missing("target_fields") }
        var targets: [FieldPath] = []
        for name in names {
            guard let text = name.plainText else { throw options.wrong("target_fields", "list", name) }
            targets.append(try FieldPath(text))
        }
        guard !targets.isEmpty else { throw options.bad("target_fields", .notSupported("[]")) }
        self.targets = targets
        func character(_ name: String, _ standard: Character, _ options: inout Options) throws(IngestFault) -> Character {
            guard let text = try options.string(name) else { return standard }
            guard let only = text.first, text.count == 1 else { throw options.bad(name, .notSingleCharacter(name)) }
            return only
        }
        separator = try character("separator", ",", &options)
        quote = try character("quote", "\"", &options)
        trims = try options.flag("trim")
        ignoresMissing = try options.flag("ignore_missing")
        emptyValue = options.take("empty_value")
    }

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        guard let value = document.find(field), !value.isNull else {
            if ignoresMissing { return }
            _ = try document.value(at: field)
            throw .fieldIsNull(field.text, action: "process it")
        }
        let values = try values(of: try document.string(at: field), atMost: targets.count)
        for (target, value) in zip(targets, values) {
            if value.isEmpty {
                if let emptyValue { try document.set(target, emptyValue) }
            } else {
                try document.set(target, .string(value))
            }
        }
    }

    /// The values of a line: quotes within quotes are doubled.
    ///
    /// - Throws: `IngestFault.badCSV` for a quote that stands where none may, or is never closed.
    func values(of line: String, atMost limit: Int) throws(IngestFault) -> [String] {
        var values: [String] = [], rest = Substring(line)
        while values.count < limit {
            if trims { rest = rest.drop { $0 == " " || $0 == "\t" } }
            var value = ""
            if rest.first == quote {
                rest.removeFirst()
                var isClosed = false
                while let next = rest.popFirst() {
                    if next != quote {
                        value.append(next)
                    } else if rest.first == quote {
                        value.append(quote)
                        rest.removeFirst()
                    } else {
                        isClosed = true
                        break
                    }
                }
                guard isClosed else { throw .badCSV("Unmatched quote") }
                if trims { rest = rest.drop { $0 == " " || $0 == "\t" } }
                guard rest.isEmpty || rest.first == separator else {
                    throw .badCSV("Illegal character after quote at \(line.distance(from: line.startIndex, to: rest.startIndex))")
                }
            } else {
                let end = rest.firstIndex(of: separator) ?? rest.endIndex
                var text = rest[..<end]
                if let place = text.firstIndex(of: quote) {
                    throw .badCSV("Illegal character inside unquoted field at \(line.distance(from: line.startIndex, to: place))")
                }
                if trims { while let last = text.last, last == " " || last == "\t" { text.removeLast() } }
                value = String(text)
                rest = rest[end...]
            }
            values.append(value)
            guard rest.first == separator else { break }
            rest.removeFirst()
        }
        return values
    }
}
