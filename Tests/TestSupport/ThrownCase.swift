extension Error {
    /// The name of an enum's case, and behind a point that of the error in it; without their facts.
    public var caseName: String {
        let mirror = Mirror(reflecting: self)
        guard mirror.displayStyle == .enum else { return Self.inner(mirror.children.map(\.value))?.caseName ?? "\(type(of: self))" }
        guard let child = mirror.children.first, let label = child.label else { return "\(self)" }
        let inner = Self.inner([child.value] + Mirror(reflecting: child.value).children.map(\.value))
        return inner.map { "\(label).\($0.caseName)" } ?? label
    }

    private static func inner(_ values: [Any]) -> (any Error)? { values.lazy.compactMap { $0 as? any Error }.first }
}

/// What `body` fails with, by `caseName`; nil where it does not fail.
public func thrownCase<Value>(_ body: () throws -> Value) -> String? {
    do {
        _ = try body()
        return nil
    } catch {
        return error.caseName
    }
}

/// What `body` fails with, by `caseName`; nil where it does not fail.
public func thrownCase<Value>(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
) async -> String? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error.caseName
    }
}
