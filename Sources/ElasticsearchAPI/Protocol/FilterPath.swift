public import JSON

/// `filter_path`: which parts of a response are sent.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/common-options#common-options-response-filtering
public struct FilterPath: Sendable {
    /// More than any client asks for, and few enough to be followed through a large response.
    private static let maximumPaths = 256
    private static let maximumDepth = 32

    private let includes: PathPatterns?
    private let excludes: PathPatterns?

    /// - Parameter text: a comma-separated list of dotted paths with `*` and `**`; one that starts with `-` excludes.
    /// - Returns: nil if it says nothing.
    /// - Throws: `ElasticsearchError` for more paths, or longer ones, than are followed.
    public init?(_ text: String) throws(ElasticsearchError) {
        var includes: [[Substring]] = [], excludes: [[Substring]] = []
        for entry in text.split(separator: ",") {
            let isExclusion = entry.hasPrefix("-")
            let path = (isExclusion ? entry.dropFirst() : entry).split(separator: ".")
            guard path.count <= Self.maximumDepth else {
                throw .illegalArgument(
                    "[filter_path] has a path of [\(path.count)] parts, more than the limit [\(Self.maximumDepth)]")
            }
            guard !path.isEmpty else { continue }
            if isExclusion { excludes.append(path) } else { includes.append(path) }
        }
        guard includes.count + excludes.count <= Self.maximumPaths else {
            throw .illegalArgument(
                "[filter_path] has [\(includes.count + excludes.count)] paths, more than the limit [\(Self.maximumPaths)]")
        }
        self.includes = includes.isEmpty ? nil : PathPatterns(includes)
        self.excludes = excludes.isEmpty ? nil : PathPatterns(excludes)
        if includes.isEmpty, excludes.isEmpty { return nil }
    }

    /// What is left of a response: exclusions are taken away first, then only inclusions are kept.
    ///
    /// - Complexity: O(*n*) in the size of the response, times the parts of all paths.
    public func apply(to value: JSONValue) -> JSONValue {
        var result = value
        if let excludes { result = Self.without(result, excludes, excludes.start) }
        if let includes { result = Self.keeping(result, includes, includes.start) ?? [:] }
        return result
    }

    private static func keeping(
        _ value: JSONValue, _ patterns: PathPatterns, _ positions: Set<PathPatterns.Position>
    ) -> JSONValue? {
        guard !positions.isEmpty else { return nil }
        switch value {
        case .object(let members):
            let kept = members.compactMap { member -> (String, JSONValue)? in
                let next = patterns.advance(positions, past: member.key)
                if patterns.isComplete(next) { return (member.key, member.value) }
                return keeping(member.value, patterns, next).map { (member.key, $0) }
            }
            return kept.isEmpty ? nil : .object(JSONMembers(kept))
        case .array(let values):
            let kept = values.compactMap { keeping($0, patterns, positions) }
            return kept.isEmpty ? nil : .array(kept)
        case .raw(let json): return parsed(json).flatMap { keeping($0, patterns, positions) }
        case .null, .bool, .int, .unsigned, .double, .float, .string, .floats: return nil
        }
    }

    private static func without(
        _ value: JSONValue, _ patterns: PathPatterns, _ positions: Set<PathPatterns.Position>
    ) -> JSONValue {
        guard !positions.isEmpty else { return value }
        switch value {
        case .object(let members):
            let kept = members.compactMap { member -> (String, JSONValue)? in
                let next = patterns.advance(positions, past: member.key)
                return patterns.isComplete(next) ? nil : (member.key, without(member.value, patterns, next))
            }
            return .object(JSONMembers(kept))
        case .array(let values): return .array(values.map { without($0, patterns, positions) })
        case .raw(let json): return parsed(json).map { without($0, patterns, positions) } ?? value
        case .null, .bool, .int, .unsigned, .double, .float, .string, .floats: return value
        }
    }

    private static func parsed(_ json: [UInt8]) -> JSONValue? {
        (try? JSONDocument(parsing: json)).map { JSONValue($0.root) }
    }
}
