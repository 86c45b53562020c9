internal import ElasticsearchAPI

/// Finds the endpoint of a method and path.
///
/// Paths are cut at `/`; a segment in braces captures. A literal segment beats a captured one, as in Elasticsearch.
struct Router {
    struct Match: Equatable {
        var endpoint: Endpoint
        /// Captured segments by name, percent-decoded.
        var captures: [String: String]
    }

    enum Outcome: Equatable {
        case match(Match)
        /// The path exists for other methods.
        case methodNotAllowed(allowed: [String])
        case notFound
    }

    /// The order in which Elasticsearch lists methods.
    private static let methodOrder = ["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "CONNECT"]

    private struct Node {
        var literals: [String: Node] = [:]
        /// Only one branch: what a captured segment is called depends on the endpoint.
        var captured: [Node] = []
        var endpoints: [String: (endpoint: Endpoint, names: [String])] = [:]

        mutating func insert(_ segments: ArraySlice<String>, _ names: [String], methods: [String], _ endpoint: Endpoint) {
            guard let segment = segments.first else {
                for method in methods { endpoints[method] = (endpoint, names) }
                return
            }
            let rest = segments.dropFirst()
            if segment.hasPrefix("{"), segment.hasSuffix("}") {
                if captured.isEmpty { captured.append(Node()) }
                captured[0].insert(rest, names + [String(segment.dropFirst().dropLast())], methods: methods, endpoint)
            } else {
                literals[segment, default: Node()].insert(rest, names, methods: methods, endpoint)
            }
        }

        /// Calls `visit` for every node that the path leads to, the most literal first, until it returns true.
        func find(_ segments: ArraySlice<String>, _ values: [String], _ visit: (Node, [String]) -> Bool) -> Bool {
            guard let segment = segments.first else { return !endpoints.isEmpty && visit(self, values) }
            let rest = segments.dropFirst()
            if let next = literals[segment], next.find(rest, values, visit) { return true }
            if let next = captured.first, next.find(rest, values + [segment], visit) { return true }
            return false
        }
    }

    private var root = Node()

    /// Routes all endpoints by their specifications.
    init(_ endpoints: some Sequence<Endpoint> = Endpoint.allCases) {
        for endpoint in endpoints {
            for route in endpoint.specification.routes {
                let segments = route.path.split(separator: "/").map(String.init)
                root.insert(segments[...], [], methods: route.methods, endpoint)
            }
        }
    }

    /// - Parameter segments: the path's, percent-decoded, without empty ones.
    /// - Complexity: O(number of segments) but for paths that many patterns match.
    func route(method: String, segments: [String]) -> Outcome {
        // An API that is not served is none, and no index either.
        if let first = segments.first, Endpoint.roots.contains(first), root.literals[first] == nil { return .notFound }
        var match: Match?
        var allowed: Set<String> = []
        _ = root.find(segments[...], []) { node, values in
            if let found = node.endpoints[method] {
                match = Match(
                    endpoint: found.endpoint,
                    captures: Dictionary(zip(found.names, values), uniquingKeysWith: { $1 }))
                return true
            }
            allowed.formUnion(node.endpoints.keys)
            return false
        }
        if let match { return .match(match) }
        if allowed.isEmpty { return .notFound }
        return .methodNotAllowed(allowed: Self.methodOrder.filter(allowed.contains))
    }
}
