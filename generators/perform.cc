// SPDX-License-Identifier: Apache-2.0
#include "generators/perform.h"

#include <algorithm>

#include "motions/clean.h"
#include "motions/edit.h"
#include "motions/finger_fit.h"
#include "motions/import_hand.h"
#include "motions/movement.h"
#include "motions/overlay.h"
#include "motions/retarget.h"
#include "motions/rig_hand.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"

namespace wrist {
namespace {

constexpr double kMargin = 0.05;  // s; of motion beyond the recording's end

double between(const Rng& rng, double lowest, double highest) {
  return lowest + (highest - lowest) * rng.uniform();
}

// The same samples on a faster clock that starts at -kLead.
JointMotion at_tempo(JointMotion motion, double tempo) {
  const double start = motion.time.start_s;
  motion.time.start_s = -kLead;
  motion.time.rate_hz *= tempo;
  for (Contact& contact : motion.contacts) {
    contact.time_s = -kLead + (contact.time_s - start) / tempo;
    contact.release_s = -kLead + (contact.release_s - start) / tempo;
    contact.closing_speed *= tempo;
  }
  return motion;
}

// Its first samples, and what touches in them.
JointMotion first_samples(JointMotion motion, Index count) {
  motion.time.count = count;
  for (auto* q : {&motion.R_WT, &motion.R_TU}) *q = QuatSeries(q->topRows(count));
  motion.p_WT = Series3(motion.p_WT.topRows(count));
  motion.angles = Eigen::ArrayXXd(motion.angles.topRows(count));
  std::erase_if(motion.contacts,
                [&](const Contact& c) { return c.release_s > motion.time.end(); });
  return motion;
}

// Gestures one after the other with pauses between, as many as fit between two times.
void lay_gestures(Performance& performance, const MovementSpec& gesture, const MovementStyle& style,
                  double from_s, double to_s, const Rng& habit, const Rng& rng) {
  double t = from_s + between(rng / "first", 0.5, 1.5);
  for (std::uint64_t k = 0;; ++k) {
    const Rng one = rng / "gesture" / k;
    const auto over = lay_event(performance, gesture, t, to_s, style, habit, one);
    if (!over) return;
    t = *over + between(one / "pause", gesture.pause_s.low, gesture.pause_s.high);
  }
}

// What a class is on this arm: a left arm may make the mirror image of another file's movement.
MovementSpec for_side(const Assets& assets, const std::string& name, Side side) {
  const MovementSpec& own = assets.movement(name);
  if (side == Side::right || own.mirror.empty()) return own;
  MovementSpec twin = assets.movement(own.mirror);
  twin.name = own.name;
  twin.label = own.label;
  return twin;
}

// A clip's own motion under gestures.
JointMotion with_gestures(const JointMotion& clip, const Scenario& s, const ArmModel& arm,
                          const Assets& assets, const Rng& rng) {
  const JointMotion under = at_movement_rate(clip);
  Performance performance = begin_overlay(under, arm);
  const MovementStyle style{s.motion.tempo, s.motion.amplitude, 0, s.motion.restless};
  lay_gestures(performance, for_side(assets, s.motion.gesture, s.side), style, 0,
               std::min(s.duration_s, under.time.end()), Rng(s.habit_seed), rng / "gestures");
  return finish_overlay(under, performance, arm);
}

JointMotion perform_clip(const Scenario& s, const ArmModel& arm, const Assets& assets,
                         const ClipLibrary& clips, const Rng& rng) {
  JointMotion motion = at_tempo(clips.motion(s.motion.clip, arm), s.motion.tempo);
  const Index wanted =
      static_cast<Index>((kLead + s.duration_s + kMargin) * motion.time.rate_hz) + 1;
  motion = first_samples(std::move(motion), std::min(motion.time.count, wanted));
  motion = scale_size(std::move(motion), arm, s.motion.amplitude);
  motion.labels.clear();
  if (!s.motion.clip_class.empty())
    motion.labels = {{-kLead, motion.time.end(), s.motion.clip_class}};
  return s.motion.gesture.empty() ? motion : with_gestures(motion, s, arm, assets, rng);
}

// One activity all the time, its gestures between two times.
Performance perform_part(const MotionPart& part, double to_s, const Scenario& s,
                         const ArmModel& arm, const Assets& assets, const Rng& rng) {
  const TimeGrid time{-kLead, kMovementRate,
                      static_cast<Index>((kLead + s.duration_s + kMargin) * kMovementRate) + 1};
  const MovementStyle style{s.motion.tempo, s.motion.amplitude, s.motion.fatigue,
                            s.motion.restless};
  const Rng habit(s.habit_seed);
  const auto movement = [&](const std::string& name) { return for_side(assets, name, s.side); };
  MovementStyle under = style;
  if (!part.gesture.empty()) under.amplitude *= s.motion.under.value_or(1);
  Performance performance =
      perform_activity(movement(part.activity), arm, time, under, habit, rng / "activity");
  if (!part.gesture.empty())
    lay_gestures(performance, movement(part.gesture), style, part.start_s, to_s, habit,
                 rng / "gestures");
  return performance;
}

// The gestures of a day-like recording, each once what came before is over.
void lay_timeline(Performance& performance, const Scenario& s, const Assets& assets,
                  const Rng& rng) {
  constexpr double kBetween = 0.3;  // s; at least, for the hand to come to rest [assumed]
  const MovementStyle style{s.motion.tempo, s.motion.amplitude, s.motion.fatigue,
                            s.motion.restless};
  double from = 0;
  for (std::size_t k = 0; k < s.motion.events.size(); ++k) {
    const LaidGesture& event = s.motion.events[k];
    const auto over = lay_event(performance, for_side(assets, event.gesture, s.side),
                                std::max(event.start_s, from), s.duration_s, style,
                                Rng(s.habit_seed), rng / static_cast<std::uint64_t>(k));
    if (over) from = *over + kBetween;
  }
}

JointMotion perform_library(const Scenario& s, const ArmModel& arm, const Assets& assets,
                            const Rng& rng) {
  std::vector<MotionPart> parts = {{s.motion.activity, s.motion.gesture, 0}};
  parts.insert(parts.end(), s.motion.then.begin(), s.motion.then.end());
  std::string name;
  Performance whole;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const MotionPart& part = parts[k];
    const double to = k + 1 < parts.size() ? parts[k + 1].start_s : s.duration_s;
    const Rng own = k == 0 ? rng : rng / "then" / static_cast<std::uint64_t>(k);
    Performance next = perform_part(part, to, s, arm, assets, own);
    whole = k == 0 ? std::move(next)
                   : join(std::move(whole), next, part.start_s, s.motion.transition_s);
    name += (k == 0 ? "activity:" : ">") + part.activity +
            (part.gesture.empty() ? "" : "+" + part.gesture);
  }
  lay_timeline(whole, s, assets, rng / "timeline");
  return finish(whole, arm, name);
}

}  // namespace

ClipLibrary::ClipLibrary(const std::vector<ClipSource>& sources, int jobs) {
  for (const ClipSource& source : sources) clips_[source.name] = std::string("not read");
  parallel_for(static_cast<std::int64_t>(sources.size()), jobs, [&](std::int64_t i) {
    const ClipSource& source = sources[static_cast<std::size_t>(i)];
    auto& entry = clips_.at(source.name);
    try {
      if (is_hand_file(source.file)) {
        entry = import_hand(source.file);
        return;
      }
      MotionClip clip = import_clip(source.file, source.animation);
      clip.map = source.map;
      if (lone_hand(clip).empty())
        entry = clean(std::move(clip), CleanSpec{});
      else
        entry = record_lone_hand(clip);
    } catch (const Error& error) {
      entry = std::string(error.what());
    }
  });
}

const ClipLibrary::Entry& ClipLibrary::sound_entry(const std::string& name) const {
  const auto found = clips_.find(name);
  require(found != clips_.end(), ErrorKind::usage, "unknown clip \"" + name + "\"");
  if (const std::string* error = std::get_if<std::string>(&found->second))
    throw Error(ErrorKind::bad_data, *error);
  return found->second;
}

const MotionClip& ClipLibrary::clip(const std::string& name) const {
  const MotionClip* clip = std::get_if<MotionClip>(&sound_entry(name));
  require(clip != nullptr, ErrorKind::usage, name + ": expected a clip of a body, found a hand");
  return *clip;
}

JointMotion ClipLibrary::motion(const std::string& name, const ArmModel& arm) const {
  if (const HandRecording* hand = std::get_if<HandRecording>(&sound_entry(name)))
    return hand_motion(*hand, arm, FingerFitSpec{});
  return retarget(clip(name), arm, CleanSpec{});
}

double recorded_duration(const Scenario& s, const JointMotion& motion) {
  return std::min(s.duration_s, motion.time.end() - kMargin);
}

JointMotion perform(const Scenario& s, const ArmModel& arm, const Assets& assets,
                    const ClipLibrary& clips, const Rng& rng) {
  JointMotion motion = s.motion.clip.empty() ? perform_library(s, arm, assets, rng)
                                             : perform_clip(s, arm, assets, clips, rng);
  motion = with_posture(std::move(motion), arm, {s.motion.lean, s.motion.elbow});
  motion = warp_time(motion, s.motion.warp, rng / "warp");
  const double end = recorded_duration(s, motion);
  require(end >= 0.5, ErrorKind::bad_data,
          motion.clip + ": expected at least 0.5 s of motion, found " + std::to_string(end) + " s");
  for (Label& label : motion.labels) {
    label.start_s = std::clamp(label.start_s, 0.0, end);
    label.end_s = std::clamp(label.end_s, 0.0, end);
  }
  return motion;
}

}  // namespace wrist
