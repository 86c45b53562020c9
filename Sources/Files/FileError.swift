internal import Glibc

/// What the system refused to do with a file.
public struct FileError: Error, Equatable, Sendable {
    /// What was tried.
    public enum Operation: Sendable, CaseIterable {
        case open
        case inspect
        case list
        case read
        case write
        case resize
        case map
        case synchronize
        case lock
        case link
        case rename
        case remove
        case createDirectory
    }

    public let operation: Operation
    public let path: String
    /// `errno`.
    public let code: Int32

    public init(_ operation: Operation, path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// The system's words, `No space left on device`.
    public var systemReason: String { String(cString: strerror(code)) }

    /// Whether there is nothing at the path.
    public var isMissing: Bool { code == ENOENT }
}

extension FileError: CustomStringConvertible {
    /// For logs.
    public var description: String { "\(operation) \(path): \(systemReason)" }
}

/// A layer's errors, of which one has a file's as its cause.
public protocol FileErrorWrapping: Error {
    /// The layer's error whose cause is a file's.
    static func file(_ cause: FileError) -> Self
}

extension FileErrorWrapping {
    /// Evaluates `value`; what it throws is thrown as the cause of an error of this kind.
    public static func wrapping<Value: ~Copyable>(
        _ value: @autoclosure () throws(FileError) -> Value
    ) throws(Self) -> Value {
        do {
            return try value()
        } catch {
            throw .file(error)
        }
    }

    /// Runs `body`; what it throws is thrown as the cause of an error of this kind.
    public static func wrapping<Value: ~Copyable>(_ body: () throws(FileError) -> Value) throws(Self) -> Value {
        try wrapping(body())
    }
}
