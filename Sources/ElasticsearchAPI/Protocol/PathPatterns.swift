internal import Mapping

/// Dotted paths with `*` and `**`, followed key by key into a value: an automaton whose states are places in the paths.
struct PathPatterns: Sendable {
    private enum Segment: Sendable {
        case name(WildcardPattern)
        /// `**`: any number of levels.
        case anyDepth
    }

    /// What of a path is behind.
    struct Position: Hashable {
        fileprivate var path: Int
        fileprivate var segment: Int
    }

    private let paths: [[Segment]]

    /// - Parameter paths: their parts. Neighbouring `**` say no more than one.
    init(_ paths: [[Substring]]) {
        let collapsed = paths.map { path in
            path.indices.filter { $0 == 0 || path[$0] != "**" || path[$0 - 1] != "**" }.map { path[$0] }
        }
        self.paths = Set(collapsed).map { path in
            path.map { $0 == "**" ? .anyDepth : .name(WildcardPattern(String($0))) }
        }
    }

    /// Nothing is behind.
    var start: Set<Position> { Set(paths.indices.map { Position(path: $0, segment: 0) }) }

    /// What is behind below a member called `key`.
    ///
    /// - Complexity: O(positions); there are never more of them than parts in all paths.
    func advance(_ positions: Set<Position>, past key: String) -> Set<Position> {
        var next: Set<Position> = []
        for position in positions {
            var rest = paths[position.path][position.segment...]
            if case .anyDepth = rest.first {
                next.insert(position)
                rest = rest.dropFirst()
            }
            if case .name(let name) = rest.first, name.matches(key) {
                next.insert(Position(path: position.path, segment: rest.startIndex + 1))
            }
        }
        return next
    }

    /// Whether one of the paths has nothing ahead that something would have to match.
    func isComplete(_ positions: Set<Position>) -> Bool {
        positions.contains { position in
            paths[position.path][position.segment...].allSatisfy { if case .anyDepth = $0 { true } else { false } }
        }
    }
}
