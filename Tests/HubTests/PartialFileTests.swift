import Files
import Foundation
import Testing

@testable import Hub

@Suite struct PartialFileTests {
    private static let file = HubFile(path: "x", size: 6, digest: .gitBlob("ce013625030ba8dba906f756967f9e9ca394464a"))

    private static func append(_ text: String, to partial: inout PartialFile) throws {
        try Array(text.utf8).withUnsafeBytes { bytes in try partial.append(bytes) }
    }

    @Test func goesOnBehindWhatItHolds() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/x"
            for piece in ["hel", "lo", "\n"] {
                var partial = try PartialFile(Self.file, path: path)
                let isWhole = partial.isWhole
                #expect(!isWhole)
                try Self.append(piece, to: &partial)
            }
            let partial = try PartialFile(Self.file, path: path)
            let (isWhole, received) = (partial.isWhole, partial.received)
            #expect(isWhole && received == 6)
        }
    }

    @Test func takesNoMoreThanItsSize() async throws {
        try await withTemporaryFolder { folder in
            var partial = try PartialFile(Self.file, path: "\(folder)/x")
            try Self.append("hello", to: &partial)
            var failure: HubError?
            do { try Self.append("\n\n", to: &partial) } catch let error as HubError { failure = error }
            #expect(failure == .lengthMismatch(path: "x", expected: 6, found: 7))
            try partial.restart()
            try Self.append("hello\n", to: &partial)
            let isWhole = partial.isWhole
            #expect(isWhole)
        }
    }

    @Test func linksAreNotFollowed() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/x", withDestinationPath: "\(folder)/elsewhere")
            var code: Int32 = 0
            do { _ = try PartialFile(Self.file, path: "\(folder)/x") } catch HubError.file(let error) {
                code = error.code
            }
            #expect(code == ELOOP)
            #expect(try !Path.exists("\(folder)/elsewhere"))
        }
    }
}
