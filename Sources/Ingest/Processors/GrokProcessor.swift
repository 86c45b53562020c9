internal import JSON
internal import Scripts

/// `grok`: reads fields out of a text by expressions that are put together of named ones: `%{NUMBER:bytes:int}`.
struct GrokProcessor: Sendable {
    private struct Capture: Sendable {
        var group: String
        var path: String
        var type: String?
    }

    private struct Pattern: Sendable {
        var regex: BoundedRegex
        var captures: [Capture]
    }

    private static let maximumDepth = 20
    private static let maximumLength = 20_000

    let field: FieldPath
    let ignoresMissing: Bool
    let tracesMatch: Bool
    private let patterns: [Pattern]

    init(_ options: inout Options) throws(IngestFault) {
        field = try options.path()
        ignoresMissing = try options.flag("ignore_missing")
        tracesMatch = try options.flag("trace_match")
        _ = try options.string("ecs_compatibility")
        var definitions = GrokPatterns.all
        for member in try options.object("pattern_definitions") ?? [:] {
            guard let text = member.value.string else { throw options.wrong("pattern_definitions", "string", member.value) }
            definitions[member.key] = text
        }
        guard let sources = try options.strings("patterns"), !sources.isEmpty else { throw options.missing("patterns") }
        var patterns: [Pattern] = []
        for source in sources {
            var captures: [Capture] = []
            guard let expanded = Self.expand(source, definitions, &captures, depth: 0), let regex = BoundedRegex(expanded) else {
                throw options.bad("patterns", .badPattern(source))
            }
            for name in regex.groupNames.keys where !captures.contains(where: { $0.group == name }) {
                captures.append(Capture(group: name, path: name))
            }
            patterns.append(Pattern(regex: regex, captures: captures))
        }
        self.patterns = patterns
    }

    /// - Returns: nil for a name that is not known, or that leads back to itself.
    private static func expand(
        _ source: String, _ definitions: [String: String], _ captures: inout [Capture], depth: Int
    ) -> String? {
        guard depth < maximumDepth else { return nil }
        var result = "", rest = Substring(source)
        while let start = rest.firstRange(of: "%{"), let end = rest[start.upperBound...].firstIndex(of: "}") {
            result += rest[..<start.lowerBound]
            let parts = rest[start.upperBound..<end].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard let definition = definitions[parts[0]] else { return nil }
            var group: String?
            if parts.count > 1, !parts[1].isEmpty {
                let name = "c\(captures.count)"
                captures.append(Capture(group: name, path: parts[1], type: parts.count > 2 ? parts[2] : nil))
                group = name
            }
            guard let inner = expand(definition, definitions, &captures, depth: depth + 1) else { return nil }
            result += group.map { "(?<\($0)>\(inner))" } ?? "(?:\(inner))"
            guard result.utf8.count <= maximumLength else { return nil }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        guard let value = document.find(field), !value.isNull else {
            if ignoresMissing { return }
            _ = try document.value(at: field)
            throw .fieldIsNull(field.text, action: "process it")
        }
        let text = Array(try document.string(at: field).unicodeScalars)
        var steps = TextProcessor.maximumSteps
        for (number, pattern) in patterns.enumerated() {
            let groups: [Range<Int>?]?
            do {
                groups = try pattern.regex.firstMatch(text, &steps)
            } catch {
                throw .patternTooSlow
            }
            guard let groups else { continue }
            for capture in pattern.captures {
                guard let group = pattern.regex.groupNames[capture.group], groups.indices.contains(group), let range = groups[group] else {
                    continue
                }
                let path = Self.path(capture.path)
                try document.set(try FieldPath(path), try Self.typed(BoundedRegex.text(text[range]), capture.type))
            }
            if tracesMatch { try document.set(try FieldPath("_ingest._grok_match_index"), .string(String(number))) }
            return
        }
        throw .noGrokMatch
    }

    /// `[a][b]` is `a.b`.
    private static func path(_ name: String) -> String {
        name.hasPrefix("[") ? name.dropFirst().dropLast().split(separator: "][").joined(separator: ".") : name
    }

    private static func typed(_ text: String, _ type: String?) throws(IngestFault) -> JSONValue {
        let value: JSONValue?
        switch type {
        case "int", "long": value = Int(text).map { .int($0) }
        case "float", "double": value = Double(text).flatMap { $0.isFinite ? .double($0) : nil }
        case "boolean": value = .bool(text == "true")
        default: value = .string(text)
        }
        guard let value else { throw .cannotConvert(text, to: type ?? "") }
        return value
    }
}
