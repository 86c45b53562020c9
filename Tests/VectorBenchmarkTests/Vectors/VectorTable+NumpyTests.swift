import Files
import Glibc
import Testing

@testable import VectorBenchmark

@Suite struct NumpyTests {
    static func file(_ header: String, _ data: [UInt8], version: UInt8 = 1) throws -> String {
        var template = Array("/tmp/clipsearch-numpy-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        defer { close(descriptor) }
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [version, 0]
        let length = header.utf8.count
        bytes += [UInt8(length & 0xff), UInt8(length >> 8)] + (version == 1 ? [] : [0, 0])
        bytes += Array(header.utf8) + data
        _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        return template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    static func bytes(_ values: [Float]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

    @Test(arguments: [1, 2] as [UInt8])
    func readsFloat32(version: UInt8) throws {
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n"
        let path = try Self.file(header, Self.bytes([1, 2, 3, 4, 5, 6]), version: version)
        defer { unlink(path) }
        let array = try VectorTable(numpyFile: path)
        #expect(array.rows == 2 && array.columns == 3 && array.values == [1, 2, 3, 4, 5, 6])
        #expect(try VectorTable(numpyFile: path, limit: 1).values == [1, 2, 3])
    }

    @Test func readsFloat16() throws {
        let halves: [UInt16] = [0x3c00, 0xc000, 0x0000, 0x0001, 0x7bff, 0x3555]
        let path = try Self.file(
            "{'descr': '<f2', 'fortran_order': False, 'shape': (3, 2)}", halves.withUnsafeBytes { Array($0) })
        defer { unlink(path) }
        #expect(try VectorTable(numpyFile: path).values == [1, -2, 0, 0x1p-24, 65504, 0.33325195])
    }

    @Test(arguments: [
        ("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1), }", "unsupportedType"),
        ("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }", "fortranOrder"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "unsupportedShape"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 4), }", "unsupportedShape"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (5, 5), }", "truncated"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 46116860184), }", "truncated"),
        ("no dictionary", "notNumpy"),
    ])
    func refuses(header: String, reason: String) throws {
        let path = try Self.file(header, Self.bytes([1]))
        defer { unlink(path) }
        let error = #expect(throws: NumpyError.self) { try VectorTable(numpyFile: path) }
        #expect(error.map { "\($0)".hasPrefix(reason) } == true)
    }

    @Test func namesWhatCannotBeRead() {
        #expect(throws: NumpyError.file(FileError(.open, path: "/nowhere.npy", code: ENOENT))) {
            try VectorTable(numpyFile: "/nowhere.npy")
        }
        #expect(throws: NumpyError.notNumpy(path: "/dev/null")) { try VectorTable(numpyFile: "/dev/null") }
    }
}
