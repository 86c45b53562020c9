internal import Glibc

/// Makes a system call, and makes it again where a signal broke it off.
///
/// - Returns: What the call returned, which is not negative.
@discardableResult
func system<Value: SignedInteger>(
    _ operation: FileError.Operation, _ path: String, _ call: () -> Value
) throws(FileError) -> Value {
    while true {
        let value = call()
        if value >= 0 { return value }
        let code = errno
        guard code == EINTR else { throw FileError(operation, path: path, code: code) }
    }
}
