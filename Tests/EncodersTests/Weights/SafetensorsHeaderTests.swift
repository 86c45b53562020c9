import Encoders
import TestSupport
import Testing

@Suite struct SafetensorsHeaderTests {
    static func read(_ bytes: [UInt8]) throws -> WeightFile {
        let folder = try TemporaryFolder()
        return try WeightFile(path: folder.write("model.safetensors", bytes))
    }

    static func error(_ bytes: [UInt8]) -> WeightsError? {
        #expect(throws: WeightsError.self) { try read(bytes) }
    }

    static let one: [UInt8] = [0, 0, 0x80, 0x3F]

    @Test func readsEveryFloatFormat() throws {
        let header = """
            {"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},
            "h":{"dtype":"F16","shape":[2],"data_offsets":[8,12]},"b":{"dtype":"BF16","shape":[],"data_offsets":[12,14]},
            "i":{"dtype":"I64","shape":[1],"data_offsets":[14,22]},"e":{"dtype":"F32","shape":[0,3],"data_offsets":[22,22]}}
            """
        let data = Self.one + [0, 0, 0, 0x40] + [0, 0x3C, 0, 0xC0] + [0x80, 0x3F] + [7, 0, 0, 0, 0, 0, 0, 0]
        let file = try Self.read(safetensors(header, data: data))
        #expect(file.tensors.count == 5)
        #expect(try file.tensors["a"]?.floats() == [1, 2])
        #expect(try file.tensors["h"]?.floats() == [1, -2])
        #expect(try file.tensors["b"]?.floats() == [1])
        #expect(try file.tensors["e"]?.floats() == [])
        #expect(file.tensors["a"]?.shape == [1, 2])
        let integers = try #require(file.tensors["i"])
        #expect(integers.bytes() == [7, 0, 0, 0, 0, 0, 0, 0])
        let error = #expect(throws: WeightsError.self) { try integers.floats() }
        #expect(error == .unsupported(file: file.path, .elementType(tensor: "i", type: "I64")))
    }

    @Test(arguments: [0, 4, 7])
    func tooShortForTheLength(count: Int) {
        let error = Self.error([UInt8](repeating: 0, count: count))
        guard case .damaged(_, .truncated) = error else { return record("\(String(describing: error))") }
    }

    @Test(arguments: [UInt64(1000), 100_000_000, 100_000_001, .max, UInt64(Int64.max)])
    func lengthLies(length: UInt64) {
        let error = Self.error(littleEndian(length) + Array("{}".utf8))
        switch error {
        case .damaged(_, .truncated): #expect(length <= 100_000_000)
        case .damaged(_, .headerTooLarge(let bytes)): #expect(bytes == length && length > 100_000_000)
        default: Issue.record("\(String(describing: error))")
        }
    }

    @Test func everyTruncationIsRefused() throws {
        let header = #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"#
        let whole = safetensors(header, data: Self.one + Self.one + Self.one)
        #expect(try Self.read(whole).tensors.count == 2)
        for count in whole.indices { #expect(throws: WeightsError.self) { try Self.read(Array(whole[..<count])) } }
    }

    static let malformed = [
        "", "[]", "{", "{\"a\":1}", #"{"a":{"dtype":"F32","shape":[1]}}"#,
        #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}"#,
        #"{"a":{"dtype":"F16","shape":[1],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
        String(repeating: "[", count: 100_000),
    ]

    @Test(arguments: malformed)
    func malformedHeader(header: String) {
        let error = Self.error(safetensors(header, data: Self.one))
        guard case .damaged(_, .malformedHeader) = error else { return record("\(String(describing: error))") }
    }

    @Test(arguments: [
        #"{"a":{"dtype":"F32","shape":[9],"data_offsets":[0,36]}}"#,
        #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775803,9223372036854775807]}}"#,
        #"{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}"#,
    ])
    func outOfBoundsNamesTheTensor(header: String) {
        let error = Self.error(safetensors(header, data: Self.one))
        guard case .outOfBounds(_, tensor: "a") = error else { return record("\(String(describing: error))") }
    }

    @Test func overlapNamesBothTensors() {
        let header = #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F16","shape":[2],"data_offsets":[2,6]}}"#
        let error = Self.error(safetensors(header, data: Self.one + [0, 0]))
        guard case .overlapping(_, first: "a", second: "b") = error else {
            return record("\(String(describing: error))")
        }
    }

    @Test func gapsAreRefused() {
        let inside = #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#
        guard case .damaged(_, .gap(before: "a")) = Self.error(safetensors(inside, data: Self.one + Self.one)) else {
            return record("no gap found inside")
        }
        guard case .damaged(_, .gap(before: nil)) = Self.error(safetensors("{}", data: Self.one)) else {
            return record("no gap found at the end")
        }
    }

    @Test func unknownTypeIsNamed() {
        let error = Self.error(safetensors(#"{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}"#, data: Self.one))
        guard case .unsupported(_, .elementType(tensor: "a", type: "F8_E4M3")) = error else {
            return record("\(String(describing: error))")
        }
    }
}
