public import JSON

/// A script's `params`.
public struct ScriptParameters: Hashable, Sendable {
    /// A parameter; query vectors, which are long, are kept as numbers.
    enum Value: Equatable, Sendable {
        case json(JSONValue)
        case doubles([Double])
    }

    private(set) var members: [(name: String, value: Value)] = []

    public init() {}

    /// - Complexity: O(*n*) in the size of the object.
    public init(_ object: JSONObject) {
        for (name, element) in object { members.append((name, Value(element))) }
    }

    public init(_ object: JSONMembers) {
        members = object.map { ($0.key, .json($0.value)) }
    }

    public var isEmpty: Bool { members.isEmpty }

    public var json: JSONValue { .object(JSONMembers(members.map { ($0.name, $0.value.json) })) }

    /// These with one more, in place of one of its name.
    public func adding(_ name: String, _ value: JSONValue) -> ScriptParameters {
        var copy = self
        copy.members.removeAll { $0.name == name }
        copy.members.append((name, .json(value)))
        return copy
    }

    subscript(name: String) -> Value? { members.last { $0.name == name }?.value }

    public static func == (left: ScriptParameters, right: ScriptParameters) -> Bool {
        left.members.count == right.members.count && zip(left.members, right.members).allSatisfy { $0 == $1 }
    }

    public func hash(into hasher: inout Hasher) {
        for member in members { hasher.combine(member.name) }
    }
}

extension ScriptParameters.Value {
    init(_ element: JSONElement) {
        guard let array = element.array, array.first(where: { _ in true })?.kind == .double else {
            self = .json(JSONValue(element))
            return
        }
        var doubles: [Double] = []
        for item in array {
            // An integer in a list stays one: only what is all decimals is kept as doubles.
            guard item.kind == .double, let double = item.double else {
                self = .json(JSONValue(element))
                return
            }
            doubles.append(double)
        }
        self = .doubles(doubles)
    }

    var json: JSONValue {
        switch self {
        case .json(let value): value
        case .doubles(let values): .array(values.map { .double($0) })
        }
    }
}
