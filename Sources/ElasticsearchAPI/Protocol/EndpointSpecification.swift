/// The routes and parameters of one API.
public struct EndpointSpecification: Equatable, Sendable {
    /// Whether a request has a body.
    public enum Body: String, Sendable {
        case none, optional, required
    }

    /// A path and the methods that it is called with.
    public struct Route: Equatable, Sendable {
        public let methods: [String]
        /// Segments in braces are captured: `/{index}/_doc/{id}`.
        public let path: String
    }

    public let body: Body
    public let routes: [Route]
    /// The parameters that are known, without those that every API has.
    public let parameters: Set<String>

    /// The parameters that every API has.
    public static let commonParameters: Set<String> = ["pretty", "human", "error_trace", "filter_path", "format"]

    /// Reads a line of `Endpoint.specifications`.
    init?(_ columns: [Substring]) {
        guard columns.count == 4, let body = Body(rawValue: String(columns[1])) else { return nil }
        self.body = body
        routes = columns[2].split(separator: " ").compactMap { route in
            let parts = route.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return Route(methods: parts[0].split(separator: ",").map(String.init), path: String(parts[1]))
        }
        parameters = Set(columns[3].split(separator: " ").map(String.init))
    }

    private init() {
        (body, routes, parameters) = (.none, [], [])
    }

    fileprivate static let nothing = EndpointSpecification()

    fileprivate static let all: [String: EndpointSpecification] = {
        var all: [String: EndpointSpecification] = [:]
        for line in Endpoint.specifications.split(separator: "\n") {
            let columns = line.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmingSpaces)
            if let name = columns.first, let specification = EndpointSpecification(columns) {
                all[String(name)] = specification
            }
        }
        return all
    }()

    /// Of parameters that are known by how they begin: `doc.*`.
    private var prefixes: [Substring] { parameters.filter { $0.hasSuffix(".*") }.map { $0.dropLast() } }

    /// Refuses parameters that the API does not have.
    ///
    /// - Parameters:
    ///   - path: as in the request, for the error's text.
    ///   - version8: more that clients of Elasticsearch 8 may send.
    public func check(_ given: QueryParameters, path: String, version8: Set<String> = []) throws(ElasticsearchError) {
        let unknown = given.names.filter { name in
            !parameters.contains(name) && !Self.commonParameters.contains(name) && !version8.contains(name)
                && !prefixes.contains { name.hasPrefix($0) }
        }
        if unknown.isEmpty { return }
        let known = parameters.union(Self.commonParameters).union(version8)
        let list = unknown.map { name in
            "[\(name)]" + (Suggestions(for: name, among: known).text.map { " -> did you mean \($0)" } ?? "")
        }
        throw .illegalArgument(
            "request [\(path)] contains unrecognized parameter\(unknown.count > 1 ? "s" : ""): \(list.joined(separator: ", "))")
    }
}

extension Endpoint {
    /// The first parts of paths that belong to APIs, served or not.
    public static let roots = Set(rootLines.split(separator: "\n").map { String($0.trimmingSpaces) })

    public var specification: EndpointSpecification {
        EndpointSpecification.all[rawValue] ?? .nothing
    }
}
