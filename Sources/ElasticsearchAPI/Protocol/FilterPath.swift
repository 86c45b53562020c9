public import JSON
internal import Mapping

/// `filter_path`: which parts of a response are sent.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/common-options#common-options-response-filtering
public struct FilterPath: Sendable {
    private typealias Pattern = [Segment]

    private enum Segment: Sendable {
        case name(WildcardPattern)
        /// `**`: any number of levels.
        case anyDepth
    }

    private var includes: [Pattern] = []
    private var excludes: [Pattern] = []

    /// - Parameter text: a comma-separated list of dotted paths with `*` and `**`; one that starts with `-` excludes.
    /// - Returns: nil if it says nothing.
    public init?(_ text: String) {
        for entry in text.split(separator: ",") {
            let isExclusion = entry.hasPrefix("-")
            let path = (isExclusion ? entry.dropFirst() : entry).split(separator: ".")
            guard !path.isEmpty else { continue }
            let pattern = path.map { segment -> Segment in
                segment == "**" ? .anyDepth : .name(WildcardPattern(String(segment)))
            }
            if isExclusion { excludes.append(pattern) } else { includes.append(pattern) }
        }
        if includes.isEmpty, excludes.isEmpty { return nil }
    }

    /// What is left of a response: exclusions are taken away first, then only inclusions are kept.
    ///
    /// - Complexity: O(*n*) in the size of the response, times the number of paths.
    public func apply(to value: JSONValue) -> JSONValue {
        var result = value
        if !excludes.isEmpty { result = Self.without(result, excludes) }
        if !includes.isEmpty { result = Self.keeping(result, includes) ?? [:] }
        return result
    }

    private static func keeping(_ value: JSONValue, _ patterns: [Pattern]) -> JSONValue? {
        switch value {
        case .object(let members):
            let kept = members.compactMap { member -> (String, JSONValue)? in
                let rest = advance(patterns, past: member.key)
                if rest.contains(where: isComplete) { return (member.key, member.value) }
                return keeping(member.value, rest).map { (member.key, $0) }
            }
            return kept.isEmpty ? nil : .object(JSONMembers(kept))
        case .array(let values):
            let kept = values.compactMap { keeping($0, patterns) }
            return kept.isEmpty ? nil : .array(kept)
        case .raw(let json): return parsed(json).flatMap { keeping($0, patterns) }
        case .null, .bool, .int, .unsigned, .double, .float, .string, .floats: return nil
        }
    }

    private static func without(_ value: JSONValue, _ patterns: [Pattern]) -> JSONValue {
        guard !patterns.isEmpty else { return value }
        switch value {
        case .object(let members):
            let kept = members.compactMap { member -> (String, JSONValue)? in
                let rest = advance(patterns, past: member.key)
                return rest.contains(where: isComplete) ? nil : (member.key, without(member.value, rest))
            }
            return .object(JSONMembers(kept))
        case .array(let values): return .array(values.map { without($0, patterns) })
        case .raw(let json): return parsed(json).map { without($0, patterns) } ?? value
        case .null, .bool, .int, .unsigned, .double, .float, .string, .floats: return value
        }
    }

    /// What remains of the patterns below a member called `key`.
    private static func advance(_ patterns: [Pattern], past key: String) -> [Pattern] {
        var rest: [Pattern] = []
        for pattern in patterns {
            switch pattern.first {
            case .anyDepth:
                rest.append(pattern)
                rest += advance([Pattern(pattern.dropFirst())], past: key)
            case .name(let name): if name.matches(key) { rest.append(Pattern(pattern.dropFirst())) }
            case nil: break
            }
        }
        return rest
    }

    private static func isComplete(_ pattern: Pattern) -> Bool {
        pattern.allSatisfy { if case .anyDepth = $0 { true } else { false } }
    }

    private static func parsed(_ json: [UInt8]) -> JSONValue? {
        (try? JSONDocument(parsing: json)).map { JSONValue($0.root) }
    }
}
