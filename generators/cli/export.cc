// SPDX-License-Identifier: Apache-2.0
#include "generators/export/export.h"

#include <iostream>
#include <memory>

#include "generators/cli/commands.h"

namespace wrist::cli {
namespace {

struct Options {
  exports::ExportSpec spec;
  std::string from, out;
  bool as_json = false;
};

void print(const exports::ExportSummary& s) {
  std::cout << (s.windows > 0 ? std::to_string(s.windows) + " windows"
                              : std::to_string(s.recordings) + " recordings")
            << " in " << s.files.size() << (s.files.size() == 1 ? " file" : " files") << " ("
            << format_bytes(static_cast<double>(s.bytes)) << "): " << s.files.front().string();
  if (s.files.size() > 1) std::cout << " to " << s.files.back().string();
  std::cout << '\n';
  if (s.lost > 0)
    std::cout << s.lost << " of " << s.samples << " inertial samples were lost on the way\n";
}

int export_files(Options& o) {
  o.spec.from = o.from;
  o.spec.out = o.out;
  const exports::ExportSummary summary = exports::export_dataset(o.spec, interrupted);
  if (o.as_json)
    std::cout << to_json(summary) << '\n';
  else
    print(summary);
  return 0;
}

}  // namespace

void add_export(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "export",
      "Writes a dataset as files that other programs read.\n\n"
      "  wristsim export out/quickstart --to windows --out train.h5 --split train\n"
      "  wristsim export out/quickstart --to npy --out npy           X, Y, pid and meta.json\n"
      "  wristsim export out/quickstart --to webdataset --out tars/train --per-tar 500\n"
      "  wristsim export out/quickstart --to sensorlog --out logs --sequence 4\n\n"
      "windows: HDF5, every array with one row per window. npy: float32, memory-mappable.\n"
      "webdataset: tar archives. sensorlog: CSV with CoreMotion's signs, events beside it.\n");
  command->add_option("path", o->from, "shard or folder of shards")->required();
  command->add_option("--to", o->spec.format, "windows, npy, webdataset or sensorlog")->required();
  command
      ->add_option("--out", o->out,
                   "windows: file; npy, sensorlog: folder; webdataset: tars/train makes "
                   "tars/train-000000.tar")
      ->required();
  command->add_option("--watch", o->spec.filter.watch,
                      "only of this watch, where a dataset has several");
  const auto list = [command](const char* name, auto& values, const char* help) {
    command->add_option(name, values, help)->allow_extra_args(false);
  };
  list("--split", o->spec.filter.splits, "only of this split; may be repeated");
  list("--class", o->spec.filter.classes,
       "only windows of this class, or logs of recordings about it; may be repeated");
  list("--sequence", o->spec.filter.sequences,
       "only this recording, by its index in the recipe; may be repeated");
  command->add_option("--per-tar", o->spec.per_tar, "windows of an archive [1000]")
      ->check(CLI::PositiveNumber);
  command->add_flag("--force", o->spec.force, "write over files that are there");
  command->add_flag("--json", o->as_json, "print what was written as JSON");
  command->callback([o, &chosen] { chosen = [o] { return export_files(*o); }; });
}

}  // namespace wrist::cli
