/// Where a value stands in a body: the way down to it.
indirect enum JSONPath: Equatable, Sendable {
    case root
    case key(JSONPath, String)
    case index(JSONPath, Int)

    /// The steps from the root.
    var steps: [Step] {
        switch self {
        case .root: []
        case .key(let parent, let key): parent.steps + [.key(key)]
        case .index(let parent, let index): parent.steps + [.index(index)]
        }
    }

    enum Step: Equatable {
        case key(String)
        case index(Int)
    }
}
