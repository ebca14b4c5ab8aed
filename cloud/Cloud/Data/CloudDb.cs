using Gantry.Cloud.Accounts;
using Gantry.Cloud.Appointments;
using Gantry.Cloud.Clinics;
using Gantry.Cloud.Events;
using Gantry.Cloud.Gateways;
using Gantry.Cloud.Studies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Gantry.Cloud.Data;

/// <summary>The tables as objects. The schema itself stands in Migrations/*.sql.</summary>
internal sealed class CloudDb(DbContextOptions<CloudDb> options) : IdentityDbContext<User, IdentityRole<Guid>, Guid>(options)
{
    public DbSet<Provider> Providers => Set<Provider>();
    public DbSet<Clinic> Clinics => Set<Clinic>();
    public DbSet<ClinicSlot> ClinicSlots => Set<ClinicSlot>();
    public DbSet<Participant> Participants => Set<Participant>();
    public DbSet<Appointment> Appointments => Set<Appointment>();
    public DbSet<Gateway> Gateways => Set<Gateway>();
    public DbSet<ActionRecord> GatewayActions => Set<ActionRecord>();
    public DbSet<StatusEvent> StatusEvents => Set<StatusEvent>();
    public DbSet<Study> Studies => Set<Study>();
    public DbSet<Series> Series => Set<Series>();
    public DbSet<Image> Images => Set<Image>();
    public DbSet<RefusedMessage> RefusedMessages => Set<RefusedMessage>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<User>().ToTable("users");
        builder.Entity<IdentityRole<Guid>>().ToTable("roles");
        builder.Entity<IdentityUserRole<Guid>>().ToTable("user_roles");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("user_claims");
        builder.Entity<IdentityRoleClaim<Guid>>().ToTable("role_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("user_tokens");

        builder.Entity<Clinic>().HasMany(clinic => clinic.Slots).WithOne(slot => slot.Clinic).HasForeignKey(slot => slot.ClinicId);
        builder.Entity<ClinicSlot>().HasOne(slot => slot.Appointment).WithOne(appointment => appointment.Slot)
            .HasForeignKey<Appointment>(appointment => appointment.SlotId);
        builder.Entity<Appointment>().Property(appointment => appointment.State)
            .HasConversion(state => AppointmentStates.Name(state), name => AppointmentStates.Parse(name));
        builder.Entity<Study>().HasOne(study => study.Appointment).WithMany(appointment => appointment.Studies)
            .HasForeignKey(study => study.AppointmentId);
        builder.Entity<Study>().HasOne(study => study.SuspectedAppointment).WithMany().HasForeignKey(study => study.SuspectedAppointmentId);
        builder.Entity<ActionRecord>().HasOne(action => action.Appointment).WithMany(appointment => appointment.Actions)
            .HasForeignKey(action => action.AppointmentId);

        foreach (var entity in builder.Model.GetEntityTypes())
        {
            if (entity.ClrType == typeof(ActionRecord))
                entity.SetTableName("gateway_actions");
            else
                entity.SetTableName(SnakeCase(entity.GetTableName()!));
            foreach (var property in entity.GetProperties())
                property.SetColumnName(SnakeCase(property.Name));
        }
    }

    /// <summary>"StudyInstanceUid" as "study_instance_uid".</summary>
    private static string SnakeCase(string name) => string.Concat(name.Select((letter, at) =>
        char.IsAsciiLetterUpper(letter) ? (at == 0 || name[at - 1] == '_' ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString()));
}
