import Glibc
import Testing

@testable import Files

@Suite struct FileErrorTests {
    private enum LayerError: FileErrorWrapping, Equatable {
        case file(FileError)
    }

    private static func fail() throws(FileError) { throw FileError(.write, path: "/x", code: ENOSPC) }

    @Test func saysWhatTheSystemSays() {
        let error = FileError(.synchronize, path: "/x", code: ENOSPC)
        #expect(error.systemReason == "No space left on device")
        #expect("\(error)" == "synchronize /x: No space left on device")
        #expect(!error.isMissing && FileError(.open, path: "/x", code: ENOENT).isMissing)
    }

    @Test func becomesALayersCause() throws {
        let expected = LayerError.file(FileError(.write, path: "/x", code: ENOSPC))
        #expect(throws: expected) { try LayerError.wrapping(Self.fail()) }
        #expect(throws: expected) { try LayerError.wrapping { () throws(FileError) in try Self.fail() } }
        #expect(try LayerError.wrapping(7) == 7)
    }

    @Test func callsThatASignalBreaksOffAreMadeAgain() throws {
        var calls = 0
        let value = try system(.read, "/x") {
            calls += 1
            errno = EINTR
            return calls < 3 ? -1 : 5
        }
        #expect(calls == 3 && value == 5)
        #expect(throws: FileError(.read, path: "/x", code: EIO)) {
            try system(.read, "/x") {
                errno = EIO
                return -1
            }
        }
    }
}
